namespace PelNas.Functions.Telemetry;

/// <summary>Which calls over HTTP get a span: those to an LLM.</summary>
public static class TracedHttp
{
    /// <summary>
    /// Whether a call gets one. Not the worker's own channel to the host, which is gRPC, nor calls to Azure Storage, known by their version
    /// header: some 2,300 in a search, whose failures the steps report.
    /// </summary>
    public static bool Includes(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Content?.Headers.ContentType?.MediaType != "application/grpc" && !request.Headers.Contains("x-ms-version");
    }
}
