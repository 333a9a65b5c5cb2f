using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace PelNas.Shared.Telemetry;

/// <summary>
/// Which trace a step belongs to. Durable Functions hands the orchestration's trace on to each activity; on a host that does not, the
/// trace follows from the id of the run, so that all steps of a search are in one trace there too, over restarts.
/// </summary>
public static class TraceIds
{
    /// <summary>The trace of a run or sweep: the first half of its id's SHA-256.</summary>
    public static ActivityTraceId Of(string id) => ActivityTraceId.CreateFromBytes(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 16));

    /// <summary>Parent of a step's span: none where a span is open, and else the trace of its run, without a span.</summary>
    public static ActivityContext ParentOf(string id)
        => Activity.Current is null ? new ActivityContext(Of(id), default, ActivityTraceFlags.Recorded) : default;
}
