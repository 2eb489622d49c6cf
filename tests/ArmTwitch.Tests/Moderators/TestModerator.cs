using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ArmTwitch.Data;
using ArmTwitch.Moderators;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArmTwitch.Tests.Moderators;

/// <param name="Browser">Where the person is signed in since joining.</param>
public sealed record TestModerator(TestBrowser Browser, string Email, string Key, IReadOnlyList<string> RecoveryCodes);
