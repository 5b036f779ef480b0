"""Files made to do harm, and that each ends in one line."""
