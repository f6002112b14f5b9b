"""The scripts and hand-written parts that make the bundled samples."""
