using Roundtable.Application.Accounts;
using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Transfer;

/// <summary>
/// Brings users in from elsewhere. Rows are read and written in batches, so that memory stays bounded and nobody waits long for
/// the database; what cannot be imported is reported and does not stop the rest.
/// </summary>
[ScopedService]
public sealed class UserImport(IUserTransfer transfer, ImportRulesLoader rules, AccountRecords records, IAuditTrail audit, IUnitOfWork unitOfWork)
{
    private const int BatchSize = 200;

    /// <summary>Errors: those of <see cref="IUnitOfWork"/>; the batches before stay.</summary>
    /// <param name="dryRun">Whether to report only.</param>
    public async Task<Result<ImportReportDto>> RunAsync(CurrentSession caller, IAsyncEnumerable<ImportRow> rows, bool dryRun, CancellationToken ct)
    {
        var import = new Run(dryRun);
        await foreach (var batch in rows.Chunk(BatchSize).WithCancellation(ct))
        {
            var report = await unitOfWork.ExecuteAsync<Result<List<ImportRowDto>>>(async ct => await ImportAsync(caller, import, batch, ct), ct);
            if (report.Failed)
            {
                return report.Error!;
            }

            import.Add(report.Value);
        }

        return dryRun ? import.Report : await RecordAsync(import.Report, ct);
    }

    private async Task<List<ImportRowDto>> ImportAsync(CurrentSession caller, Run run, ImportRow[] batch, CancellationToken ct)
    {
        // For each batch: what the caller may give is what they may now.
        var rowRules = await rules.LoadAsync(caller, ct);
        var outcomes = new List<ImportRowDto>(batch.Length);
        var made = batch.Select(row => (Row: row, Made: rowRules.Make(row))).ToList();
        var taken = await transfer.FindTakenAsync([.. made.Where(m => m.Made.User is not null).Select(m => m.Made.User!.NormalizedEmail)], ct);
        var inBatch = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (row, (user, code, problem)) in made)
        {
            if (user is null)
            {
                outcomes.Add(ImportRowDto.Failed(row.Line, Shown(row.Email), code, problem));
            }
            else if (taken.Contains(user.NormalizedEmail) || run.Seen.Contains(user.NormalizedEmail) || !inBatch.Add(user.NormalizedEmail))
            {
                outcomes.Add(new ImportRowDto(row.Line, user.Email, ImportOutcome.Skipped, "email_taken", "There is an account with this address already."));
            }
            else
            {
                outcomes.Add(new ImportRowDto(row.Line, user.Email, ImportOutcome.Created, null, null));
                await KeepAsync(run, user, ct);
            }
        }

        return outcomes;
    }

    private async Task KeepAsync(Run run, User user, CancellationToken ct)
    {
        if (!run.DryRun)
        {
            transfer.Add(user);
            await records.CreatedAsync(user, new { by = "import" }, null, ct);
        }
    }

    private Task<Result<ImportReportDto>> RecordAsync(ImportReportDto report, CancellationToken ct) => unitOfWork.ExecuteAsync<Result<ImportReportDto>>(
        _ =>
        {
            audit.Record(AuditActions.UsersImported, new AuditTarget("users", "import"), new { report.Total, report.Created, report.Skipped, report.Failed });
            return Task.FromResult<Result<ImportReportDto>>(report);
        },
        ct);

    private static string? Shown(string? email) => email is { Length: > EmailAddress.MaxLength } ? email[..EmailAddress.MaxLength] : email;

    /// <summary>What an import knows of its earlier batches.</summary>
    private sealed class Run(bool dryRun)
    {
        private readonly List<ImportRowDto> listed = [];
        private int total;
        private int created;
        private int skipped;

        public bool DryRun => dryRun;

        /// <summary>The addresses of rows that count as created: a dry run has to remember what a real one finds in the database.</summary>
        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public ImportReportDto Report => new()
        {
            DryRun = dryRun,
            Total = total,
            Created = created,
            Skipped = skipped,
            Failed = total - created - skipped,
            Rows = listed,
        };

        public void Add(IReadOnlyList<ImportRowDto> outcomes)
        {
            total += outcomes.Count;
            created += outcomes.Count(o => o.Outcome == ImportOutcome.Created);
            skipped += outcomes.Count(o => o.Outcome == ImportOutcome.Skipped);
            listed.AddRange(outcomes.Where(o => dryRun || o.Outcome != ImportOutcome.Created));
            Seen.UnionWith(outcomes.Where(o => o.Outcome == ImportOutcome.Created).Select(o => EmailAddress.Normalize(o.Email!)));
        }
    }
}
