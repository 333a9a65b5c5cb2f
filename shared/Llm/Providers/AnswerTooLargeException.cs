namespace PelNas.Shared.Llm.Providers;

/// <summary>A provider's answer is longer than any that a prompt here asks for. The rest of it was not read.</summary>
public sealed class AnswerTooLargeException(int maxBytes)
    : IOException($"The answer is longer than {maxBytes} bytes; it was not read further.");
