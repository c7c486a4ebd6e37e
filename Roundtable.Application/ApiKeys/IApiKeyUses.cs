using System.Net;
using Roundtable.Application.Common;

namespace Roundtable.Application.ApiKeys;

/// <summary>Records when API keys were last used, in the background.</summary>
public interface IApiKeyUses
{
    /// <summary>Notes a use; writes at most once in five minutes for each key, after this call.</summary>
    void Record(ApiKeyCaller caller, IPAddress? address, DateTime nowUtc);
}
