"""Fitting what is data in the reading: the weights of `kg/stance/chances.toml`."""
