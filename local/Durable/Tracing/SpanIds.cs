using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Durable.Tracing;

/// <summary>
/// Ids that follow from an instance and are not kept: the steps of an orchestration name its span as their parent long before that is
/// sent, also in a process that was started later.
/// </summary>
internal static class SpanIds
{
    /// <summary>The trace of an instance that a client started, and of all that it starts: the first half of its id's SHA-256.</summary>
    public static ActivityTraceId TraceOf(string rootId) => ActivityTraceId.CreateFromBytes(Hash(rootId).AsSpan(0, 16));

    /// <summary>The span of an instance. One that took an ended one's place under the same id has another.</summary>
    public static ActivitySpanId SpanOf(InstanceRow instance) => ActivitySpanId.CreateFromBytes(Hash($"{instance.Id}|{instance.CreatedAt.UtcTicks}").AsSpan(0, 8));

    /// <summary>
    /// Gives a started span an id of ours. .NET has no way to choose one, so this writes the field, as the Durable Task Framework does for the same
    /// end. The tests fail where a new .NET names it differently.
    /// </summary>
    public static void Set(Activity span, ActivitySpanId id)
    {
        SpanId(span) = id.ToHexString();
        WholeId(span) = null;
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? SpanId(Activity span);

    // Trace, span and flags in one text, which is made when it is first asked for.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_id")]
    private static extern ref string? WholeId(Activity span);
}
