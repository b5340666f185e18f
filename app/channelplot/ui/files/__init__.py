"""Plot files and files for others: opening, choosing, writing; words about them."""
