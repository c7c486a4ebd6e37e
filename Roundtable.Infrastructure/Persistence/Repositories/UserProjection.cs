using AutoMapper;
using AutoMapper.QueryableExtensions;
using Roundtable.Application.Profiles;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

/// <summary>What answers show of users, as part of the query.</summary>
internal sealed class UserProjection(IConfigurationProvider maps, ProfileFields fields)
{
    /// <param name="now">Decides who counts as banned.</param>
    public IQueryable<UserDto> Of(IQueryable<User> users, DateTime now) => users.ProjectTo<UserDto>(maps, new { now, fields });
}
