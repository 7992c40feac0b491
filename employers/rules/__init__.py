"""The rules about firms: pure Python."""
