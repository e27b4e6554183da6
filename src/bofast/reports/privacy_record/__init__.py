"""The record of processing (GDPR art. 30) and a draft of the impact assessment, made from the tables that run."""
