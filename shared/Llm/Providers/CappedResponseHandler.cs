namespace PelNas.Shared.Llm.Providers;

/// <summary>Refuses an answer longer than a number of bytes, whether it says so in its header or only shows while it is read.</summary>
internal sealed class CappedResponseHandler(int maxBytes) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
        if (response.Content.Headers.ContentLength > maxBytes)
        {
            response.Dispose();
            throw new AnswerTooLargeException(maxBytes);
        }

        HttpContent whole = response.Content;
        StreamContent capped = new(new CappedStream(await whole.ReadAsStreamAsync(cancellationToken), maxBytes));
        foreach ((string name, IEnumerable<string> values) in whole.Headers)
        {
            capped.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = capped;
        return response;
    }
}
