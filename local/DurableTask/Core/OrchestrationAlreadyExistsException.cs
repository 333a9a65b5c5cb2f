namespace DurableTask.Core.Exceptions;

/// <summary>
/// An orchestration cannot be started because an instance of its id is in the way. Durable Functions throws a type of this name; catch it
/// by this name to have the same code work on both hosts.
/// </summary>
public class OrchestrationAlreadyExistsException : InvalidOperationException
{
    /// <summary>Makes an exception.</summary>
    public OrchestrationAlreadyExistsException(string message)
        : base(message)
    {
    }
}
