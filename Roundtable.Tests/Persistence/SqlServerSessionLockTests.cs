using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.HotReads;

namespace Roundtable.Tests.Persistence;

/// <summary>
/// How a write transaction reads its caller's session on SQL Server: one statement, whose lock blocks ending or demoting it.
/// </summary>
[Category("threat-32")]
public sealed class SqlServerSessionLockTests
{
    [Test]
    public void Session_IsRead_WithLocks()
    {
        var sql = SessionRead.Of(SqlDialect.Of(DatabaseProvider.SqlServer), locked: true).ByKey;
        Assert.Multiple(() =>
        {
            Assert.That(sql, Does.Contain("\"Sessions\" s WITH (UPDLOCK, ROWLOCK)").And.Contain("\"Users\" u WITH (UPDLOCK, ROWLOCK)"));
            Assert.That(
                sql,
                Does.Contain("\"UserRoles\" h WITH (READCOMMITTEDLOCK)").And.Contain("\"Roles\" WITH (REPEATABLEREAD, ROWLOCK)")
            );
        });
    }
}
