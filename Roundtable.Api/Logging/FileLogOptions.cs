namespace Roundtable.Api.Logging;

/// <summary>A log in files beside the one on standard output: the same lines, a new file every day and whenever one is full.</summary>
public sealed class FileLogOptions
{
    public const string SectionName = "Logging:File";

    /// <summary>
    /// Where the files are, such as <c>/var/log/roundtable/roundtable-.log</c>; day and number go before the extension. Default: none, no
    /// files.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>How large a file gets before the next begins, in megabytes, 1 to 10,000. Default: 100.</summary>
    public int MaxMegabytes { get; set; } = 100;

    /// <summary>How many files are kept, 1 to 10,000; older ones are deleted. Default: 31.</summary>
    public int RetainedFiles { get; set; } = 31;
}
