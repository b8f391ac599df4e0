"""Models in floats that know numbers and no exchange; what they conclude enters it as integers."""
