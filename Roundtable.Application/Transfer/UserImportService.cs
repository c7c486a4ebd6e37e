using Roundtable.Application.Audit;
using Roundtable.Application.Common;
using Roundtable.Application.EmailAddresses;
using Roundtable.Application.Users;
using Roundtable.Domain.Common;
using Roundtable.Domain.Users;

namespace Roundtable.Application.Transfer;

/// <summary>
/// Imports users. Rows are read and written in batches, so that memory stays bounded and other writers do not wait long; rows that
/// cannot be imported are reported and do not stop the rest.
/// </summary>
[ScopedService]
public sealed class UserImportService(
    IUserTransfer transfer,
    ImportRulesLoader rules,
    AddressRelease addresses,
    AccountRegistry accounts,
    IAuditTrail audit,
    IUnitOfWork unitOfWork
)
{
    private const int BatchSize = 200;
    private const int MaxRows = 100_000;
    private const int MaxListed = 10_000;

    private static readonly ImportProblem LoginTaken = new(new("taken", "Another account has this login."), "logins");

    /// <param name="read">Reads the rows from the start of the file; called twice, because the rows are counted before the first is
    /// written.</param>
    /// <param name="dryRun">Whether to report only.</param>
    /// <remarks>
    /// Errors: <c>validation_failed</c> for a file with no rows or too many; those of <see cref="IUnitOfWork"/>, in which case
    /// earlier batches stay committed.
    /// </remarks>
    public async Task<Result<ImportReportDto>> RunAsync(
        Caller caller,
        Func<IAsyncEnumerable<ImportRow>> read,
        bool dryRun,
        CancellationToken ct
    )
    {
        switch (await read().Take(MaxRows + 1).CountAsync(ct))
        {
            case 0:
                return ImportErrors.NoRows;
            case > MaxRows:
                return ImportErrors.TooManyRows(MaxRows);
        }

        var import = new Run(dryRun);
        await foreach (var batch in read().Chunk(BatchSize).WithCancellation(ct))
        {
            var report = await unitOfWork.ExecuteAsync<Result<List<ImportRowDto>>>(
                async ct => await ImportAsync(caller, import, batch, ct),
                ct
            );
            if (report.Failed)
            {
                return report.Error!;
            }

            import.Add(report.Value);
        }

        return dryRun ? import.Report : await RecordAsync(import.Report, ct);
    }

    private async Task<List<ImportRowDto>> ImportAsync(Caller caller, Run run, ImportRow[] batch, CancellationToken ct)
    {
        // Loaded for each batch, so that the caller's current permissions apply.
        var rowRules = await rules.LoadAsync(caller, ct);
        var outcomes = new List<ImportRowDto>(batch.Length);
        var built = batch.Select(row => (Row: row, Built: rowRules.Build(row))).ToList();
        var taken = await transfer.FindTakenAsync(
            [.. built.Where(m => m.Built.User is not null).Select(m => m.Built.User!.NormalizedEmail)],
            ct
        );
        var takenLogins = (await transfer.FindTakenLoginsAsync([.. built.SelectMany(m => m.Row.Logins)], ct)).ToHashSet();
        var inBatch = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (row, (user, code, problems)) in built)
        {
            if (user is null)
            {
                outcomes.Add(ImportRowDto.Failed(row.Line, Shown(row.Email), code, problems));
            }
            else if (
                run.Seen.Contains(user.NormalizedEmail)
                || inBatch.Contains(user.NormalizedEmail)
                || await IsTakenAsync(run, user, taken, ct)
            )
            {
                outcomes.Add(
                    new ImportRowDto(
                        row.Line,
                        user.Email,
                        ImportOutcome.Skipped,
                        "email_taken",
                        "An account with this address already exists."
                    )
                );
            }
            else if (row.Logins.Any(takenLogins.Contains) || row.Logins.Any(run.Logins.Contains))
            {
                outcomes.Add(ImportRowDto.Failed(row.Line, user.Email, "conflict", [LoginTaken]));
            }
            else
            {
                inBatch.Add(user.NormalizedEmail);
                takenLogins.UnionWith(row.Logins);
                outcomes.Add(new ImportRowDto(row.Line, user.Email, ImportOutcome.Created, null, null));
                Keep(run, user, row.Logins);
            }
        }

        return outcomes;
    }

    // An incomplete registration yields to an imported account.
    private async Task<bool> IsTakenAsync(Run run, User user, IReadOnlyDictionary<string, bool> taken, CancellationToken ct)
    {
        if (!taken.TryGetValue(user.NormalizedEmail, out var mayYield))
        {
            return false;
        }

        _ = EmailAddress.TryParse(user.Email, out var email);
        return !mayYield
            || !(run.DryRun ? await addresses.YieldsToAdminAsync(email, ct) : await addresses.TryReleaseToAdminAsync(email, null, ct));
    }

    private void Keep(Run run, User user, IReadOnlyList<TransferredLogin> logins)
    {
        if (run.DryRun)
        {
            run.Logins.UnionWith(logins);
        }
        else
        {
            transfer.Add(user);
            foreach (var login in logins)
            {
                transfer.Add(
                    UserLogin.Connect(user.Id, login.Provider, login.Subject, null, EntityId.New(unitOfWork.UtcNow), unitOfWork.UtcNow)
                );
            }

            accounts.Record(user, new { by = "import" }, null);
        }
    }

    private Task<Result<ImportReportDto>> RecordAsync(ImportReportDto report, CancellationToken ct) =>
        unitOfWork.ExecuteAsync<Result<ImportReportDto>>(
            _ =>
            {
                audit.Record(
                    AuditActions.UsersImported,
                    new AuditTarget("users", "import"),
                    new
                    {
                        report.Total,
                        report.Created,
                        report.Skipped,
                        report.Failed,
                    }
                );
                return Task.FromResult<Result<ImportReportDto>>(report);
            },
            ct
        );

    private static string? Shown(string? email) => email is { Length: > EmailAddress.MaxLength } ? email[..EmailAddress.MaxLength] : email;

    /// <summary>The state of an import across batches.</summary>
    private sealed class Run(bool dryRun)
    {
        private readonly List<ImportRowDto> listed = [];
        private int total;
        private int created;
        private int skipped;
        private int toList;

        public bool DryRun => dryRun;

        /// <summary>The logins of rows that a dry run counts as created.</summary>
        public HashSet<TransferredLogin> Logins { get; } = [];

        /// <summary>The addresses of rows that count as created: a dry run must remember what a real run finds in the database.</summary>
        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public ImportReportDto Report =>
            new()
            {
                DryRun = dryRun,
                Total = total,
                Created = created,
                Skipped = skipped,
                Failed = total - created - skipped,
                Rows = listed,
                RowsOmitted = toList - listed.Count,
            };

        public void Add(IReadOnlyList<ImportRowDto> outcomes)
        {
            total += outcomes.Count;
            created += outcomes.Count(o => o.Outcome == ImportOutcome.Created);
            skipped += outcomes.Count(o => o.Outcome == ImportOutcome.Skipped);
            var wanted = outcomes.Where(o => dryRun || o.Outcome != ImportOutcome.Created).ToList();
            listed.AddRange(wanted.Take(MaxListed - listed.Count));
            toList += wanted.Count;
            Seen.UnionWith(outcomes.Where(o => o.Outcome == ImportOutcome.Created).Select(o => EmailAddress.Normalize(o.Email!)));
        }
    }
}
