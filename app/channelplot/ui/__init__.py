"""Windows, panels and dialogs; thin."""
