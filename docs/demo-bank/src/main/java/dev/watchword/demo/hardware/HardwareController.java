package dev.watchword.demo.hardware;

import dev.watchword.otp.TypedCode;
import dev.watchword.otp.lifecycle.seeds.Seed;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The hardware tokens on the table. A display shows its code for one page, after the button was pressed. */
@Controller
@Profile("demo")
@RequestMapping("/hardware")
class HardwareController {
    private static final String PRESSED = "pressed";
    private static final String CHALLENGE = "challenge";
    private static final int MAX_CHALLENGE = 20;

    private final HardwareTokens tokens;
    private final Maker maker;
    private final Clock clock;

    HardwareController(HardwareTokens tokens, Maker maker, Clock clock) {
        this.tokens = tokens;
        this.maker = maker;
        this.clock = clock;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("tokens", tokens.all());
        model.addAttribute("files", SeedFile.values());
        return "hardware/list";
    }

    @GetMapping("/{serial}")
    String show(@PathVariable String serial, Model model) {
        Instant now = clock.instant();
        boolean pressed = model.containsAttribute(PRESSED);
        Object challenge = model.getAttribute(CHALLENGE);
        HardwareToken shown = token(serial, seed -> {
            HardwareToken dark = HardwareToken.of(seed);
            if (challenge instanceof String typed) {
                return dark.answering(typed, seed, now);
            }
            return pressed ? dark.lit(seed, now) : dark;
        });
        model.addAttribute("token", shown);
        return "hardware/token";
    }

    @PostMapping("/{serial}")
    String press(@PathVariable String serial, RedirectAttributes next) {
        next.addFlashAttribute(PRESSED, true);
        return "redirect:/hardware/" + token(serial, HardwareToken::of).serial();
    }

    @PostMapping("/{serial}/response")
    String type(@PathVariable String serial, @RequestParam String challenge, RedirectAttributes next) {
        String typed = Objects.toString(TypedCode.normalise(challenge), "");
        next.addFlashAttribute(CHALLENGE, typed.length() > MAX_CHALLENGE ? "" : typed);
        return "redirect:/hardware/" + token(serial, HardwareToken::of).serial();
    }

    private HardwareToken token(String serial, Function<Seed, HardwareToken> function) {
        return tokens.with(serial, function).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Returns a seed file as the maker delivers it. A real one never passes through a web page. */
    @GetMapping("/files/{name}")
    ResponseEntity<Resource> file(@PathVariable String name) {
        SeedFile file = SeedFile.named(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.fileName())
                                .build()
                                .toString())
                .contentType(file.isPskc() ? MediaType.APPLICATION_XML : new MediaType("text", "csv"))
                .body(new FileSystemResource(maker.path(file)));
    }
}
