"""Rules of analytics: periods, figures and reports."""
