"""The tests say what a user may rely on."""
