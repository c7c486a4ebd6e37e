namespace Roundtable.Api.Logging;

/// <summary>Logs to files in addition to standard output: the same lines, with a new file every day and whenever one is full.</summary>
public sealed class FileLogOptions
{
    public const string SectionName = "Logging:File";

    /// <summary>
    /// The path of the files, such as <c>/var/log/roundtable/roundtable-.log</c>. Day and number are inserted before the
    /// extension. Default: none, no files.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>The maximum file size in megabytes, 1 to 10,000. Default: 100.</summary>
    public int MaxMegabytes { get; set; } = 100;

    /// <summary>The number of files to keep, 1 to 10,000; older ones are deleted. Default: 31.</summary>
    public int RetainedFiles { get; set; } = 31;
}
