using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Roundtable.Tests.Email;

/// <summary>A host environment with a temporary content root, deleted afterwards.</summary>
internal sealed class TestEnvironment : IHostEnvironment, IDisposable
{
    public string EnvironmentName { get; set; } = "Test";

    public string ApplicationName { get; set; } = "Roundtable";

    public string ContentRootPath { get; set; } = Directory.CreateTempSubdirectory("roundtable-mail-").FullName;

    public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

    public void Dispose() => Directory.Delete(ContentRootPath, recursive: true);
}
