namespace Roundtable.Api.Transfer;

/// <summary>How a file is written.</summary>
public enum ExportFormat
{
    Csv,
    Ndjson,
}
