using Microsoft.Extensions.Configuration.Memory;

namespace Roundtable.Api.Startup;

/// <summary>Default settings, with the lowest precedence, below even appsettings.json.</summary>
internal static class Defaults
{
    public static MemoryConfigurationSource Source => new() { InitialData = [new("Urls", "http://localhost:5080")] };
}
