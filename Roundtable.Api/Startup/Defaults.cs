using Microsoft.Extensions.Configuration.Memory;

namespace Roundtable.Api.Startup;

/// <summary>Settings that hold when nothing else, not even appsettings.json, says otherwise.</summary>
internal static class Defaults
{
    public static MemoryConfigurationSource Source => new() { InitialData = [new("Urls", "http://localhost:5080")] };
}
