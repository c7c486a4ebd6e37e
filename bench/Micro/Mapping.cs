using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Application.Common;
using Roundtable.Application.Users;

namespace Roundtable.Bench.Micro;

/// <summary>From rows to what answers show: by prepared statement, by projection, and a page by projection.</summary>
public class Mapping : Benchmark
{
    [Benchmark]
    public Task<UserDto?> ReadUser() => Installation.Get<IUserReader>().ReadAsync(SignedIn.UserId, CancellationToken.None);

    [Benchmark]
    public async Task<UserDto?> ProjectUser()
    {
        await using var scope = Installation.NewScope();
        return await scope.ServiceProvider.GetRequiredService<IUserRepository>().ReadAsync(SignedIn.UserId, CancellationToken.None);
    }

    [Benchmark]
    public async Task<Page<UserDto>> ProjectPageOf20()
    {
        await using var scope = Installation.NewScope();
        var users = scope.ServiceProvider.GetRequiredService<IUserRepository>();
        var page = await users.ListAsync(new UserFilter(), new UserOrder(UserSort.CreatedAt, Descending: true), new PageRequest(20, null), CancellationToken.None);
        return page.Value;
    }
}
