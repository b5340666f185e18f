"""The menus: what each action does, and when it may."""
