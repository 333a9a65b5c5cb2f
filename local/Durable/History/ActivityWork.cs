namespace PelNas.Local.Durable.History;

/// <summary>An activity that an orchestration has called and that has not ended.</summary>
/// <param name="Seq">Its place in the queue of all activities.</param>
/// <param name="InstanceId">The calling instance.</param>
/// <param name="ExecutionId">The run of it that called.</param>
/// <param name="TaskId">The number of the call in that run.</param>
/// <param name="Name">The activity's name.</param>
/// <param name="Input">Its input as JSON.</param>
internal sealed record ActivityWork(long Seq, string InstanceId, string ExecutionId, int TaskId, string Name, string? Input);
