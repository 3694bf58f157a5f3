"""One construct per kind of trigger, and the parts they share."""
