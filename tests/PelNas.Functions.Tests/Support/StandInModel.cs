namespace PelNas.Functions.Tests.Support;

/// <summary>Has the offline proposer answer instead of a model, so that a search over the wire gets somewhere.</summary>
internal static class StandInModel
{
    public static ModelTurn Answer(ReceivedRequest request) => Answer(request, claim: null);

    /// <summary>The same, with something else than the truth said of its tokens.</summary>
    public static ModelTurn Answer(ReceivedRequest request, Claim? claim)
    {
        using OfflineChatClient offline = new(SearchApp.Tables.Space);
        ChatResponse response = offline.GetResponseAsync([new(ChatRole.User, request.Messages[1])], new ChatOptions { Seed = 1 })
            .GetAwaiter().GetResult();
        return new Answer(response.Text, Claim: claim);
    }
}
