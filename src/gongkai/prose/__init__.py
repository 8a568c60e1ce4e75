"""Figures and phrases as official Chinese prints them; what templates call."""
