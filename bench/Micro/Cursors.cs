using BenchmarkDotNet.Attributes;
using Roundtable.Application.Common;

namespace Roundtable.Bench.Micro;

/// <summary>Encodes and decodes the cursor of a list.</summary>
public class Cursors : Benchmark
{
    private const string List = "users:CreatedAt:True";
    private readonly string[] keys = ["2026-01-01T00:00:00.0000000Z", "019ab2c4d5e67f8091a2b3c4d5e6f708"];
    private string cursor = "";

    private ICursorCodec Codec => Installation.Get<ICursorCodec>();

    [GlobalSetup(Target = nameof(Decode))]
    public async Task SetUpCursorAsync()
    {
        await SetUpAsync();
        cursor = Codec.Encode(List, keys);
    }

    [Benchmark]
    public string Encode() => Codec.Encode(List, keys);

    [Benchmark]
    public IReadOnlyList<string>? Decode() => Codec.Decode(List, cursor);
}
