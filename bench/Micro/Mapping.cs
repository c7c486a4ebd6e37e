using AutoMapper;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Application.Sessions;
using Roundtable.Application.Users;
using Roundtable.Domain.Sessions;

namespace Roundtable.Bench.Micro;

/// <summary>Maps rows to response objects: a user and a page by prepared statement, a session by AutoMapper and by hand.</summary>
public class Mapping : Benchmark
{
    private readonly CurrentSession session = new(
        "id",
        "user",
        "ada@example.com",
        "Ada",
        SessionMethod.MagicLink,
        true,
        DateTime.UnixEpoch,
        DateTime.UnixEpoch,
        DateTime.UnixEpoch,
        DateTime.UnixEpoch,
        DateTime.UnixEpoch,
        "203.0.113.7",
        "Agent",
        null,
        new HashSet<string>(),
        new HashSet<string>(),
        null
    );

    [Benchmark]
    public async Task<UserDto?> ReadUser()
    {
        await using var scope = Installation.NewScope();
        return await scope.ServiceProvider.GetRequiredService<IUserReader>().ReadAsync(SignedIn.UserId, CancellationToken.None);
    }

    [Benchmark]
    public async Task<Page<UserDto>> ReadPageOf20()
    {
        await using var scope = Installation.NewScope();
        var users = scope.ServiceProvider.GetRequiredService<IUserListRepository>();
        var page = await users.ListAsync(
            new UserFilter(),
            new UserOrder(UserSort.CreatedAt, Descending: true),
            new PageRequest(20, null),
            CancellationToken.None
        );
        return page.Value;
    }

    [Benchmark]
    public SessionDto MapSession() => Installation.Get<IMapper>().Map<SessionDto>(session);

    [Benchmark]
    public SessionDto CopySession() =>
        new()
        {
            Id = session.Id,
            CreatedAt = session.CreatedAtUtc,
            LastSeenAt = session.LastSeenAtUtc,
            ExpiresAt = session.ExpiresAtUtc,
            IpAddress = session.IpAddress,
            UserAgent = session.UserAgent,
            Method = session.Method,
            Provider = session.Provider,
            Current = true,
            ImpersonatedBy = session.Impersonator?.UserId,
            UserId = session.UserId,
        };
}
