"""Acts on documents: making one, writing the text it is made from."""
