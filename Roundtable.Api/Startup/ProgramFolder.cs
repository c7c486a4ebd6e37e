using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace Roundtable.Api.Startup;

/// <summary>
/// Loads settings files and the dashboard from the program's folder, whatever folder it is started from. Data paths stay relative
/// to the content root, by default the folder that it is started from.
/// </summary>
internal static class ProgramFolder
{
    private const string Dashboard = "wwwroot";

    public static void Use(WebApplicationBuilder builder)
    {
        var folder = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        if (folder == Path.TrimEndingDirectorySeparator(builder.Environment.ContentRootPath))
        {
            return;
        }

        AddSettings(builder, folder);
        var dashboard = Path.Combine(folder, Dashboard);
        if (Directory.Exists(dashboard) && builder.Configuration[WebHostDefaults.WebRootKey] is null)
        {
            builder.Environment.WebRootPath = dashboard;
            builder.Environment.WebRootFileProvider = new PhysicalFileProvider(dashboard);
        }
    }

    // Before those of the content root, which are more specific to this installation and override them.
    private static void AddSettings(WebApplicationBuilder builder, string folder)
    {
        var sources = ((IConfigurationBuilder)builder.Configuration).Sources;
        var first = sources.Index().First(s => s.Item is JsonConfigurationSource).Index;
        var files = new PhysicalFileProvider(folder);
        sources.Insert(
            first,
            new JsonConfigurationSource
            {
                FileProvider = files,
                Path = $"appsettings.{builder.Environment.EnvironmentName}.json",
                Optional = true,
            }
        );
        sources.Insert(
            first,
            new JsonConfigurationSource
            {
                FileProvider = files,
                Path = "appsettings.json",
                Optional = true,
            }
        );
    }
}
