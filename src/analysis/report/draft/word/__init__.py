"""The draft as a Word document (公文格式): ``docx(draft)``, in the form of GB/T 9704-2012."""

from analysis.report.draft.word.write import docx

__all__ = ["docx"]
