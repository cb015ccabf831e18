"""What is promised about speed and size, measured: each row beside what it is compared with. `make bench`; no timed tests."""
