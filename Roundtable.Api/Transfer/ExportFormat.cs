namespace Roundtable.Api.Transfer;

/// <summary>The format of an exported file.</summary>
public enum ExportFormat
{
    Csv,
    Ndjson,
}
