namespace PelNas.Shared.Llm.Faults;

/// <summary>The proposer cannot answer now. Asking again later may help.</summary>
public sealed class ProposerUnavailableException(ProposerFault fault, Exception? cause = null) : ProposerException(fault, cause);
