namespace Roundtable.Tests.Support;

/// <summary>A folder that is deleted with the test.</summary>
public sealed class TempFolder : IDisposable
{
    public string Name { get; } = Directory.CreateTempSubdirectory("roundtable-").FullName;

    public string PathOf(string file) => Path.Combine(Name, file);

    public void Dispose() => Delete(Name);

    /// <summary>Deletes a folder to which a terminating process may still write a file.</summary>
    internal static void Delete(string folder)
    {
        for (var tries = 5; ; tries--)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (IOException) when (tries > 0 && Directory.Exists(folder))
            {
                Thread.Sleep(100);
            }
        }
    }
}
