"""How fast, how flat, how small: `python -m benchmarks`, explained in README.md."""
