"""What we tell: statistics, the annual report as data, exports."""
