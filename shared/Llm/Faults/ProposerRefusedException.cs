namespace PelNas.Shared.Llm.Faults;

/// <summary>The proposer will not answer until somebody mends a setting. Asking again does not help.</summary>
public sealed class ProposerRefusedException(ProposerFault fault, Exception? cause = null) : ProposerException(fault, cause);
