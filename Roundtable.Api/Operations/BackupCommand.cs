using Roundtable.Api.Startup;
using Roundtable.Application.Operations;
using Roundtable.Infrastructure.Persistence.Operations;

namespace Roundtable.Api.Operations;

/// <summary>The command <c>backup</c>: copies an SQLite database while it is in use, and records that in its audit log.</summary>
internal static class BackupCommand
{
    public const string Name = "backup";

    public static async Task<int> RunAsync(IServiceProvider services, string file, bool overwrite, TextWriter output, TextWriter errors)
    {
        await using var scope = services.CreateAsyncScope();
        var backup = scope.ServiceProvider.GetRequiredService<DatabaseBackup>();
        if (!backup.IsSupported)
        {
            await errors.WriteLineAsync(
                "backup copies SQLite files; for SQL Server use its own BACKUP DATABASE, or your provider's backups."
            );
            return 2;
        }

        try
        {
            var bytes = await backup.RunAsync(file, overwrite, CancellationToken.None);
            await output.WriteLineAsync(
                $"{file}: {bytes} bytes, checked. The keys in {backup.KeyFolder} are not part of it: back them up separately."
            );
            await RecordAsync(scope.ServiceProvider.GetRequiredService<BackupRecord>(), bytes, errors);
            return 0;
        }
        catch (IOException e)
        {
            await errors.WriteLineAsync($"No backup was made: {StartFailure.OneLine(e.Message)}");
            return 1;
        }
    }

    private static async Task RecordAsync(BackupRecord record, long bytes, TextWriter errors)
    {
        try
        {
            await record.AddAsync(bytes, CancellationToken.None);
        }
        catch (Exception)
        {
            // The copy is made all the same: the schema may be older than this program, or the file read-only.
            await errors.WriteLineAsync("The audit log could not be written, so the dashboard does not know of this backup.");
        }
    }
}
