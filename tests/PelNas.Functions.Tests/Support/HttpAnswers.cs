using System.Net.Http.Headers;
using System.Net.Mime;

namespace PelNas.Functions.Tests.Support;

/// <summary>Sends requests and reads answers, checking what all answers of a kind have in common.</summary>
internal static class HttpAnswers
{
    /// <summary>A JSON body.</summary>
    public static StringContent Json(string json) => new(json, Encoding.UTF8, MediaTypeNames.Application.Json);

    /// <summary>Gets an address, perhaps with an If-None-Match.</summary>
    public static async Task<HttpResponseMessage> GetAsync(this SearchApp app, string address, string? ifNoneMatch = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        if (ifNoneMatch is not null)
        {
            request.Headers.Add("If-None-Match", ifNoneMatch);
        }

        return await app.Client.SendAsync(request, Cancellation);
    }

    /// <summary>What is at an address, in JSON.</summary>
    public static async Task<T> GetAsync<T>(this SearchApp app, string address)
        where T : class
        => await (await app.GetAsync(address)).ShouldBeAsync<T>(HttpStatusCode.OK);

    /// <summary>The JSON at an address.</summary>
    public static async Task<JsonElement> GetJsonAsync(this SearchApp app, string address)
        => (await app.GetAsync<JsonDocument>(address)).RootElement;

    /// <summary>Gets an address at which nothing may be.</summary>
    public static async Task<Problem> ShouldNotFindAsync(this SearchApp app, string address)
        => await (await app.GetAsync(address)).ShouldBeProblemAsync(HttpStatusCode.NotFound, ProblemCodes.NotFound);

    public static Task<HttpResponseMessage> PutAsync(this SearchApp app, string address, HttpContent content)
        => app.Client.PutAsync(address, content, Cancellation);

    /// <summary>Posts to an address, perhaps with an idempotency key.</summary>
    public static async Task<HttpResponseMessage> PostAsync(
        this SearchApp app, string address, HttpContent? content = null, string? key = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = content };
        if (key is not null)
        {
            request.Headers.Add(IdempotencyKeys.Header, key);
        }

        return await app.Client.SendAsync(request, Cancellation);
    }

    public static Task<HttpResponseMessage> DeleteAsync(this SearchApp app, string address)
        => app.Client.DeleteAsync(address, Cancellation);

    public static Task<string> TextAsync(this HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancellation);

    /// <summary>The JSON of an answer that must have the given status.</summary>
    public static async Task<T> ShouldBeAsync<T>(this HttpResponseMessage answer, HttpStatusCode status)
        where T : class
    {
        string text = await answer.TextAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType.ShouldBe(new MediaTypeHeaderValue(MediaTypeNames.Application.Json, "utf-8"));
        return PelNasJson.Deserialize<T>(text);
    }

    /// <summary>The JSON of an answer that must have the given status.</summary>
    public static async Task<JsonElement> ShouldBeJsonAsync(this HttpResponseMessage answer, HttpStatusCode status)
        => (await answer.ShouldBeAsync<JsonDocument>(status)).RootElement;

    /// <summary>The problem of an answer that must be one, of the given status and code.</summary>
    public static async Task<Problem> ShouldBeProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        string text = await answer.TextAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe(MediaTypeNames.Application.ProblemJson);
        Problem problem = PelNasJson.Deserialize<Problem>(text);
        problem.Type.ShouldBe($"urn:pelnas:problem:{code}");
        problem.Status.ShouldBe((int)status);
        problem.Title.ShouldNotBeNullOrWhiteSpace();
        problem.Detail.ShouldNotBeNullOrWhiteSpace();
        return problem;
    }

    /// <summary>The message about one field of a 400 that finds fault with that field alone.</summary>
    public static async Task<string> ShouldBlameAsync(this HttpResponseMessage answer, string field)
    {
        Problem problem = await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, ProblemCodes.InvalidRequest);
        problem.Errors.ShouldNotBeNull().Keys.ShouldBe([field]);
        return problem.Errors[field].ShouldHaveSingleItem();
    }
}
