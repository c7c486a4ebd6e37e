namespace Roundtable.Tests.Support;

/// <summary>A folder that goes with the test.</summary>
public sealed class TempFolder : IDisposable
{
    public string Name { get; } = Directory.CreateTempSubdirectory("roundtable-").FullName;

    public string PathOf(string file) => Path.Combine(Name, file);

    public void Dispose() => Directory.Delete(Name, recursive: true);
}
