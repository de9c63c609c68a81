package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Customer;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.operations.HistoryVerdict;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The history of a customer's tokens: in sentences, verified, and as a file. */
@Controller
class HistoryController {
    private static final int SIZE = 20;

    private final HolderPages pages;
    private final Helpdesks helpdesks;
    private final Histories histories;
    private final Consumers consumers;

    HistoryController(HolderPages pages, Helpdesks helpdesks, Histories histories, Consumers consumers) {
        this.pages = pages;
        this.helpdesks = helpdesks;
        this.histories = histories;
        this.consumers = consumers;
    }

    /** An event in words. */
    record Line(long number, String sentence) {}

    @GetMapping("/desk/holders/{loginId}/history")
    String history(
            @PathVariable String loginId, @RequestParam(defaultValue = "0") long after, Model model, Locale language) {
        Customer customer = pages.customer(loginId);
        List<TokenEvent> events = histories.read(customer.holder(), Math.max(0, after), SIZE + 1);
        List<TokenEvent> shown = events.subList(0, Math.min(events.size(), SIZE));
        model.addAttribute("customer", customer);
        model.addAttribute("lines", lines(shown, language));
        model.addAttribute("next", events.size() > SIZE ? shown.get(SIZE - 1).number() : null);
        model.addAttribute("earlier", earlier(customer.holder(), shown));
        model.addAttribute("decisions", consumers.decisions(customer.holder()));
        try {
            HistoryVerdict verdict = histories.verify(customer.holder());
            model.addAttribute("verdict", verdict);
            model.addAttribute("newest", Math.max(0, verdict.archived() + verdict.events() - SIZE));
        } catch (IntegrityException e) {
            // the holder's row does not fit its authentication code, or is missing: the template says so
            model.addAttribute("verdict", null);
        }
        return "desk/history";
    }

    /** Returns the number before the first event of the page before; null on the first page. The archive has the first events. */
    private @Nullable Long earlier(Holder holder, List<TokenEvent> shown) {
        List<TokenEvent> first = histories.read(holder, 0, 1);
        return shown.isEmpty() || shown.get(0).number() == first.get(0).number()
                ? null
                : Math.max(0, shown.get(0).number() - 1 - SIZE);
    }

    private List<Line> lines(List<TokenEvent> events, Locale language) {
        List<String> sentences = helpdesks.in(language).history(events);
        return IntStream.range(0, events.size())
                .mapToObj(i -> new Line(events.get(i).number(), sentences.get(i)))
                .toList();
    }

    /** Sends the history as JSON Lines, page by page. */
    @GetMapping("/desk/holders/{loginId}/history/export")
    void export(@PathVariable String loginId, HttpServletResponse response) throws IOException {
        Customer customer = pages.customer(loginId);
        response.setContentType("application/jsonl");
        response.setCharacterEncoding(StandardCharsets.US_ASCII);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("history.jsonl")
                        .build()
                        .toString());
        histories.export(customer.holder(), response.getWriter());
    }
}
