"""Speed, measured: every figure of the README, one function each."""
