"""What is raised for arguments that make no sense."""


class WrongUse(Exception):
    """An argument that makes no sense; its text is the sentence for the user."""
