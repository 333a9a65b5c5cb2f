namespace Microsoft.DurableTask;

/// <summary>Decides in code whether a failed task is tried again. It is part of the orchestrator, so it must be deterministic like it.</summary>
/// <param name="retryContext">What has happened so far.</param>
/// <returns>True for another attempt, false to let the failure through.</returns>
public delegate bool RetryHandler(RetryContext retryContext);

/// <inheritdoc cref="RetryHandler"/>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);
